// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/exportjob.h"

#include <QtCore/QAbstractItemModel>
#include <QtQml/qqmlregistration.h>

//! Writes the rows of a model into a file: see ExportJob.
class RowExport : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged FINAL)
    Q_PROPERTY(int rows READ rows NOTIFY rowsChanged FINAL)
    Q_PROPERTY(QString summary READ summary NOTIFY runningChanged FINAL)
    Q_PROPERTY(QString failure READ failure NOTIFY runningChanged FINAL)
    QML_ELEMENT

public:
    enum Format
    {
        Csv,
        Tsv,
        JsonLines
    };
    Q_ENUM(Format)

    explicit RowExport(QObject *parent = nullptr);

    bool isRunning() const { return m_job.isRunning(); }
    //! Written so far.
    int rows() const { return m_rows; }
    //! What was written, once it is; and why nothing was. Both are empty before.
    QString summary() const { return m_summary; }
    QString failure() const { return m_failure; }

    Q_INVOKABLE QString suggestedFile(const QString &name) const { return ExportJob::suggestedFile(name); }
    Q_INVOKABLE QString withSuffix(const QString &file, RowExport::Format format) const;
    Q_INVOKABLE bool exists(const QString &file) const;
    //! False, and failure() says why, where that is not possible.
    Q_INVOKABLE bool start(QAbstractItemModel *model, const QString &file, RowExport::Format format,
                           bool header, const QString &separator, const QString &nullText);
    Q_INVOKABLE void cancel() { m_job.cancel(); }
    //! Forgets the outcome of the last one.
    Q_INVOKABLE void clear();

Q_SIGNALS:
    void runningChanged();
    void rowsChanged();

private:
    ExportJob m_job;
    QString m_summary;
    QString m_failure;
    int m_rows = 0;
};
