// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/modelchannel.h"
#include "models/rowwriter.h"

#include <functional>

namespace QAsyncMySql::Internal {

//! How the writing of a row has ended.
class RowOutcome
{
public:
    //! It is not written, for this reason. A conflict is one, too.
    Error error;
    //! The row as it is now; empty if it is gone, or not known by its key.
    RowBatch fresh;
    Row theirs; // of a conflict; invalid if somebody else has deleted the row
    bool conflict = false; // somebody else has changed or deleted it
    bool removed = false; // it was to be deleted

    //! Notes in \a edit that it was not written, and why.
    void failIn(RowEdit &edit) const;
};

/*!
    Sends \a statement, which writes \a edit (see RowWriter::write()), and reads the row again, for defaults,
    triggers and what the server has made of the values. Where no row is found as it was read, its successor
    is looked at: a conflict, unless the values are there already because an earlier attempt, whose outcome
   was not known, has written them.

    \a edit is what is written, whatever is edited meanwhile. \a done is called from the event loop, and not
    once \a channel was cancelled.
*/
void writeRow(ModelChannel &channel, const RowWriter &writer, const RowEdit &edit,
              const SqlFragment &statement, std::function<void(const RowOutcome &)> done);

} // namespace QAsyncMySql::Internal
