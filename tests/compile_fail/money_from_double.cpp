// expect: conversion from .double. to .*Money
// Why this file: no binary float ever becomes an amount.
#include "costing/base/money.hpp"

#ifndef VALID
const yuanliu::Money kPrice = 12.5;
#else
const yuanliu::Money kPrice = yuanliu::Money::from_raw(1250);
#endif
