// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

//! What the program was asked to do.
class CommandLine
{
public:
    QString url; // where to connect; otherwise a page asks
    QString sql;
    QString screenshot; // a file name, from which those of the pictures are made
    QString theme;
    bool run = false;
    bool stats = false;
    bool scroll = false;
    bool exitWhenDone = false;

    bool isDemonstration() const { return stats || scroll || exitWhenDone || !screenshot.isEmpty(); }
    //! Reads the arguments of the application; ends the program where they make no sense, or ask for help.
    static CommandLine parse();
};
