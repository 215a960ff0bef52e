//! Who comes where, and what no form is taken with: matrices made from the route table, over one house in which nothing can be
//! changed, so that none of thousands of requests stands in another one's way.
mod answers;
mod forms;
mod ground;
mod opens;
mod table;
mod twice;
