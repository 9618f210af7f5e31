// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/error.h>

#include <QtCore/QString>

//! What an error means to the person in front of the screen. All is plain text.
class ErrorExplanation
{
public:
    //! In a few words: "Access denied".
    QString title;
    //! What the library or the server said.
    QString message;
    //! What to do about it; may be empty.
    QString advice;

    static ErrorExplanation of(const QAsyncMySql::Error &error);
};
