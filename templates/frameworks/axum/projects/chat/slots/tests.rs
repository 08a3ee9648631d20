mod client;
mod presence;
mod rooms;
mod talk;
