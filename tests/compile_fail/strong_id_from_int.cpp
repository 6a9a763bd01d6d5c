// expect: conversion from .unsigned int. to .*DepartmentId
// Why this file: an index becomes an id only by naming what it is the id of.
#include "costing/base/strong_id.hpp"

#ifndef VALID
const yuanliu::DepartmentId kFirst = 0U;
#else
const yuanliu::DepartmentId kFirst(0U);
#endif
