// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/rowexporter.h>

#include <QtCore/QFutureWatcher>
#include <QtWidgets/QDialog>

#include <memory>

class MessageBanner;

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSaveFile;
QT_END_NAMESPACE

//! Writes the rows of a model into a file. A file of that name stays as it was until all rows are written.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a name is that of the file, without what says its format. The model outlives the dialog.
    ExportDialog(QAbstractItemModel *model, const QString &name, QWidget *parent = nullptr);
    ~ExportDialog() override;

    QComboBox *formats() const { return m_format; }
    QLineEdit *fileName() const { return m_file; }
    QLabel *state() const { return m_state; }
    QPushButton *startButton() const { return m_start; }
    QPushButton *stopButton() const { return m_stop; }
    MessageBanner *banner() const { return m_banner; }
    bool isRunning() const { return m_output != nullptr; }

public Q_SLOTS:
    void reject() override;

private:
    using Outcome = QAsyncMySql::Result<QAsyncMySql::ExportReport>;

    void build();
    void formatChanged();
    void enableFields();
    void chooseFile();
    void start();
    bool mayOverwrite();
    void finished();
    void setRunning(bool running);
    QAsyncMySql::TransferFormat format() const;

    QAbstractItemModel *const m_model;
    std::unique_ptr<QSaveFile> m_output;
    QAsyncMySql::Reply<QAsyncMySql::ExportReport> m_reply;
    QFutureWatcher<Outcome> m_watcher;
    QComboBox *m_format;
    QCheckBox *m_header;
    QComboBox *m_separator;
    QLineEdit *m_null;
    QLineEdit *m_file;
    QProgressBar *m_progress;
    QLabel *m_state;
    MessageBanner *m_banner;
    QPushButton *m_start;
    QPushButton *m_stop;
};
