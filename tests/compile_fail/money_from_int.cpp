// expect: conversion from .int. to .*Money
// Why this file: a bare integer does not say whether it counts fen or yuan.
#include "costing/base/money.hpp"

#ifndef VALID
const yuanliu::Money kPrice = 1250;
#else
const yuanliu::Money kPrice = yuanliu::Money::from_raw(1250);
#endif
