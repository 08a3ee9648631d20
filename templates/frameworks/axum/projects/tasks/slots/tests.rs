mod lists;
mod tasks;
