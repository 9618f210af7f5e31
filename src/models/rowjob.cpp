// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rowjob.h"

#include <memory>

namespace QAsyncMySql::Internal {

namespace {

class Job : public std::enable_shared_from_this<Job>
{
public:
    Job(ModelChannel &itsChannel, const RowWriter &itsWriter, const RowEdit &itsEdit,
        std::function<void(const RowOutcome &)> whenDone)
        : channel(itsChannel)
        , writer(itsWriter)
        , edit(itsEdit)
        , done(std::move(whenDone))
    {
    }

    void start(const SqlFragment &statement)
    {
        channel.run(statement.text, statement.values,
                    [self = shared_from_this()](const Result<ResultSet> &result) {
                        if (result)
                            self->written(*result);
                        else
                            self->failed(result.error());
                    });
    }

private:
    void written(const ResultSet &result)
    {
        if (edit.removed) {
            result.affectedRows() > 0 ? ended({}) : compare();
        } else if (edit.isUnwritten() && !writer.knowsKeyOf(edit, result.lastInsertId())) {
            ended({}); // it is there, and comes with the next refresh
        } else if (edit.isUnwritten() || matchedRows(result) > 0) {
            readBack(result.lastInsertId());
        } else {
            compare();
        }
    }

    void readBack(quint64 lastInsertId)
    {
        const SqlFragment query = writer.readBack(edit, true, lastInsertId);
        channel.run(query.text, query.values, [self = shared_from_this()](const Result<ResultSet> &result) {
            if (result)
                self->ended(result->rows());
            else
                self->failed(result.error().withOutcome(Error::Outcome::Executed));
        });
    }

    // No row was found as it was read: what has become of it?
    void compare()
    {
        const SqlFragment query = writer.readBack(edit, false, 0);
        channel.run(query.text, query.values, [self = shared_from_this()](const Result<ResultSet> &result) {
            if (!result)
                self->failed(result.error());
            else if (!result->isEmpty())
                self->compared(*result);
            else if (self->edit.removed)
                self->ended({}); // who wanted it gone has what he wanted
            else
                self->conflict(Row());
        });
    }

    void compared(const ResultSet &result)
    {
        const Row theirs = result.at(0);
        // The same values as mine are mine if those may have been written already; otherwise somebody else
        // has written them, who has not seen what I saw.
        bool same = edit.uncertain && !edit.removed && !edit.values.isEmpty();
        for (auto value = edit.values.cbegin(); same && value != edit.values.cend(); ++value)
            same = sameValue(theirs.cell(value.key()), value.value());
        same ? ended(result.rows()) : conflict(theirs);
    }

    void conflict(const Row &theirs)
    {
        RowOutcome outcome;
        outcome.conflict = true;
        outcome.theirs = theirs;
        outcome.error = Error(Error::Kind::Usage,
                              theirs.isValid()
                                  ? QStringLiteral("The row was changed by somebody else since it was read.")
                                  : QStringLiteral("The row was deleted by somebody else since it was read."),
                              Error::Outcome::NotExecuted);
        end(outcome);
    }
    void failed(const Error &error)
    {
        RowOutcome outcome;
        outcome.error = error;
        end(outcome);
    }
    void ended(const RowBatch &fresh)
    {
        RowOutcome outcome;
        outcome.fresh = fresh;
        end(outcome);
    }
    void end(RowOutcome &outcome)
    {
        outcome.removed = edit.removed;
        done(outcome);
    }

    ModelChannel &channel; // outlives what it calls
    const RowWriter writer;
    const RowEdit edit;
    const std::function<void(const RowOutcome &)> done;
};

} // namespace

void RowOutcome::failIn(RowEdit &edit) const
{
    edit.state = conflict ? TableModel::CellState::Conflict : TableModel::CellState::Failed;
    edit.error = error;
    edit.uncertain = error.outcome() == Error::Outcome::Unknown;
    edit.theirs = theirs;
    edit.sent.clear();
}

void writeRow(ModelChannel &channel, const RowWriter &writer, const RowEdit &edit,
              const SqlFragment &statement, std::function<void(const RowOutcome &)> done)
{
    std::make_shared<Job>(channel, writer, edit, std::move(done))->start(statement);
}

} // namespace QAsyncMySql::Internal
