// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>

#include <QtCore/QString>

#include <optional>

//! What a browser was asked to do.
class CommandLine
{
public:
    std::optional<QAsyncMySql::ConnectOptions> options; // where to connect; otherwise the user is asked
    QString url; // the same
    QString sql;
    QString screenshot; // a file name, from which those of the pictures are made
    QString tour; // a folder
    QString theme; // system, light or dark; empty if it was not said
    bool run = false;
    bool onDemand = false;
    bool stats = false;
    bool scroll = false;
    bool exitWhenDone = false;

    bool isDemonstration() const
    {
        return stats || scroll || exitWhenDone || !screenshot.isEmpty() || !tour.isEmpty();
    }
    //! Reads the arguments of the application; ends the program where they make no sense, or ask for help.
    //! \a hasTour: the browser has one.
    static CommandLine parse(bool hasTour = false);
};
