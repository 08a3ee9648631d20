//! The steps of a check, as methods of its context: requests, forms, sockets, restarts.

mod capture;
mod describe;
mod events;
mod form;
mod instances;
mod page_files;
mod receive;
mod response;
mod restart;
mod send;
mod surroundings;
mod websocket;
