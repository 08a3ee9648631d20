//! The steps of a check, as methods of its context: requests, forms, sockets, restarts.

mod capture;
mod events;
mod form;
mod page_files;
mod receive;
mod response;
mod restart;
mod send;
mod spoken;
mod surroundings;
mod websocket;
