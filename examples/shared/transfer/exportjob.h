// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/rowexporter.h>

#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>

#include <memory>

QT_BEGIN_NAMESPACE
class QAbstractItemModel;
class QSaveFile;
QT_END_NAMESPACE

//! Writes the rows of a model into a file. A file of that name stays as it was until all rows are written.
class ExportJob : public QObject
{
    Q_OBJECT

public:
    explicit ExportJob(QObject *parent = nullptr);
    ~ExportJob() override;

    //! Begins; the model outlives the job, or its end. An empty text, or why that is not possible.
    QString start(QAbstractItemModel *model, const QString &file, const QAsyncMySql::TransferFormat &format);
    bool isRunning() const { return m_output != nullptr; }
    void cancel() { m_reply.cancel(); }

    //! The file that is offered first for rows of this \a name: in the folder of the last export.
    static QString suggestedFile(const QString &name);
    //! \a file with the suffix of the format.
    static QString withSuffix(const QString &file, QAsyncMySql::TransferFormat::Type type);

Q_SIGNALS:
    void progressed(int rows);
    //! All is written, or nothing for \a failure, a sentence for the user; both are empty if it was
    //! cancelled.
    void finished(const QString &summary, const QString &failure);

private:
    using Outcome = QAsyncMySql::Result<QAsyncMySql::ExportReport>;

    void ended();

    std::unique_ptr<QSaveFile> m_output;
    QAsyncMySql::Reply<QAsyncMySql::ExportReport> m_reply;
    QFutureWatcher<Outcome> m_watcher;
};
