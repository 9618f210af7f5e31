// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/exportjob.h"

#include <QtWidgets/QDialog>

class MessageBanner;

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
QT_END_NAMESPACE

//! Writes the rows of a model into a file. A file of that name stays as it was until all rows are written.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a name is that of the file, without what says its format. The model outlives the dialog.
    ExportDialog(QAbstractItemModel *model, const QString &name, QWidget *parent = nullptr);

    QComboBox *formats() const { return m_format; }
    QLineEdit *fileName() const { return m_file; }
    QLabel *state() const { return m_state; }
    QPushButton *startButton() const { return m_start; }
    QPushButton *stopButton() const { return m_stop; }
    MessageBanner *banner() const { return m_banner; }
    bool isRunning() const { return m_job.isRunning(); }

public Q_SLOTS:
    void reject() override;

private:
    void build();
    void formatChanged();
    void enableFields();
    void chooseFile();
    void start();
    bool mayOverwrite();
    void finished(const QString &summary, const QString &failure);
    void setRunning(bool running);
    QAsyncMySql::TransferFormat format() const;

    QAbstractItemModel *const m_model;
    ExportJob m_job;
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
