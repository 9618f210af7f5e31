// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QtGlobal>

#include <functional>
#include <string_view>
#include <vector>

/*
    The parts of the library, each by itself and without a server. A part does its work n times; what it needs
   is made before, in setUp(), so that the difference of two runs is n times the work and nothing else.
*/
namespace Parts {

//! Keeps the compiler from leaving out what nobody uses.
template <class T> inline void use(const T &value)
{
    asm volatile("" : : "g"(&value) : "memory");
}

using Work = std::function<void(qint64 count)>;

struct Part
{
    std::string_view name;
    std::string_view unit; // what is done once: a row, a cell, a statement
    std::function<Work()> setUp;
};

std::vector<Part> protocolParts();
std::vector<Part> valueParts();
std::vector<Part> statementParts();
std::vector<Part> clientParts();
std::vector<Part> modelParts();

} // namespace Parts
