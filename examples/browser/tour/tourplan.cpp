// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// What the tour shows.

#include "connect/connectdialog.h"
#include "grid/gridview.h"
#include "look/messagebanner.h"
#include "mainwindow.h"
#include "query/historydialog.h"
#include "query/querytab.h"
#include "query/resultview.h"
#include "query/sqleditor.h"
#include "running/runningpanel.h"
#include "schema/schematree.h"
#include "shortcutlist.h"
#include "table/conflictdialog.h"
#include "table/filterheader.h"
#include "table/tabletab.h"
#include "tour/tourdata.h"
#include "tour/windowtour.h"
#include "transfer/exportdialog.h"
#include "viewers/cellviewer.h"

#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QDockWidget>
#include <QtWidgets/QLineEdit>

using namespace QAsyncMySql;
using Status = QueryModel::Status;

namespace {

enum OrderColumns
{
    Customer = 1,
    Price = 2,
    Quantity = 3,
    Note = 7,
    Details = 8
};

void showDock(QWidget *panel, bool shown)
{
    for (QWidget *parent = panel; parent; parent = parent->parentWidget()) {
        if (auto *dock = qobject_cast<QDockWidget *>(parent))
            dock->setVisible(shown);
    }
}

// The commands of a tab, by what their names begin with.
void trigger(const WorkTab *tab, const QString &name)
{
    for (QAction *action : tab->commands()) {
        if (action && action->text().remove(QLatin1Char('&')).startsWith(name))
            action->trigger();
    }
}

} // namespace

void WindowTour::planQueries()
{
    const auto ended = [this] {
        const Status status = queryTab()->model()->status();
        return status == Status::Ready || status == Status::Failed;
    };
    SchemaModel *schemas = m_window->schemas()->schemas();
    then({}, [schemas] { return schemas->find(TourData::schema(), QStringLiteral("orders")).isValid(); });
    then(
        [this, schemas] {
            const QModelIndex orders = schemas->find(TourData::schema(), QStringLiteral("orders"));
            m_window->schemas()->expand(orders);
        },
        [schemas] {
            return schemas->rowCount(schemas->find(TourData::schema(), QStringLiteral("orders"))) > 5;
        });
    then(
        [this] {
            queryTab()->setSql(
                QStringLiteral("SELECT o.id, c.name, o.price, o.status, o.details\nFROM orders o\n"
                               "JOIN customers c ON c.id = o.customer_id\nWHERE o."));
            queryTab()->editor()->setFocus();
            press(Qt::Key_Space, Qt::ControlModifier);
        },
        [this] { return queryTab()->editor()->findChild<QCompleter *>()->popup()->isVisible(); });
    picture(QStringLiteral("completion"));
    then(
        [this] {
            queryTab()->editor()->findChild<QCompleter *>()->popup()->hide();
            queryTab()->setSql(QStringLiteral("SELECT o.id, c.name, o.prise, o.status\nFROM orders o\n"
                                              "JOIN customers c ON c.id = o.customer_id"));
            queryTab()->run();
        },
        ended);
    picture(QStringLiteral("error"));
    then(
        [this] {
            queryTab()->setSql(
                QStringLiteral("SELECT o.id, c.name, o.price, o.status, o.due, o.details\nFROM orders o\n"
                               "JOIN customers c ON c.id = o.customer_id\nWHERE o.price > 100"));
            queryTab()->run();
        },
        ended);
    then([this] { queryTab()->model()->sort(2, Qt::DescendingOrder); }, ended);
    picture(QStringLiteral("query"));
}

void WindowTour::planTables()
{
    const auto ready = [this] {
        return tableTab()->model()->isLoaded(0) && tableTab()->model()->isCountExact()
            && tableTab()->model()->index(0, Customer).data().toString().size() > 3; // its name, not its key
    };
    then([this] { m_window->openTable(TourData::schema(), QStringLiteral("orders")); }, ready);
    then(
        [this] {
            tableTab()->filters()->setFilterText(Price, QStringLiteral("> 50"));
            tableTab()->filters()->filterEdited();
            tableTab()->model()->sort(Price);
        },
        ready);
    picture(QStringLiteral("table"));
    then([this] {
        TableModel *model = tableTab()->model();
        model->setData(model->index(2, Quantity), 12);
        model->setData(model->index(3, Note), QStringLiteral("ring twice"));
        model->setData(model->index(4, Note), QVariant());
        model->removeRows(6, 1);
        model->insertRows(model->rowCount(), 1);
        model->setData(model->index(model->rowCount() - 1, Customer), 3);
        model->setData(model->index(3, Quantity), QStringLiteral("many")); // which is refused
        tableTab()->grid()->setCurrentCell(model->index(3, Note));
        tableTab()->grid()->edit(tableTab()->grid()->currentIndex());
    });
    picture(QStringLiteral("editing"));
    then([this] {
        tableTab()->grid()->setFocus();
        tableTab()->model()->revertAll();
        TableModel *model = tableTab()->model();
        model->setData(model->index(2, Note), QStringLiteral("mine"));
        sql(QStringLiteral("UPDATE qasyncmysql_tour.orders SET note = 'theirs', quantity = 99 WHERE id = %1")
                .arg(model->index(2, 0).data().toString()));
    });
    then([this] { trigger(tableTab(), QStringLiteral("Write")); },
         [this] { return tableTab()->findChild<ConflictDialog *>() != nullptr; });
    picture(QStringLiteral("conflict"));
    then([this] {
        tableTab()->findChild<ConflictDialog *>()->reject();
        tableTab()->model()->revertAll();
        tableTab()->banner()->clear();
    });
}

void WindowTour::planPanels()
{
    then([this] {
        showDock(m_window->viewer(), true);
        tableTab()->grid()->setCurrentCell(tableTab()->model()->index(1, Details));
    });
    picture(QStringLiteral("cell-json"));
    then([this] { m_window->openTable(TourData::schema(), QStringLiteral("products")); },
         [this] { return tableTab()->model()->isLoaded(0); });
    then([this] { tableTab()->grid()->setCurrentCell(tableTab()->model()->index(0, 4)); });
    picture(QStringLiteral("cell-image"));
    then(
        [this] {
            showDock(m_window->viewer(), false);
            m_window->newQuery(QStringLiteral("SELECT SLEEP(30) AS a_long_one"))->run();
            showDock(m_window->running(), true);
        },
        [this] { return m_window->running()->ownGrid()->model()->rowCount() > 0 && queryTab()->isBusy(); });
    then({}, [this] { return ++m_looks > 20; }); // so that the panel has looked
    picture(QStringLiteral("running"));
    then([this] {
        showDock(m_window->running(), false);
        m_window->closeTab(m_window->currentTab());
    });
}

void WindowTour::planDialogs()
{
    const auto open = [this](QDialog *dialog) {
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setParent(m_window, Qt::Dialog);
        dialog->open();
    };
    const auto close = [this] {
        for (QDialog *dialog : m_window->findChildren<QDialog *>())
            dialog->reject();
    };
    then([this, open] {
        auto *dialog
            = new ExportDialog(m_window->currentTab()->grid()->wholeModel(), QStringLiteral("products"));
        dialog->fileName()->setText(QStringLiteral("products.csv"));
        open(dialog);
    });
    picture(QStringLiteral("export"));
    then(close);
    then([this] { ShortcutList::show(m_window); });
    picture(QStringLiteral("shortcuts"));
    then(close);
    then(
        [this, open] {
            auto *dialog = new ConnectDialog;
            ConnectOptions options = m_options;
            options.setPassword(QStringLiteral("a wrong one"));
            options.setSslCaFile(QString());
            options.setSslMode(SslMode::VerifyIdentity);
            dialog->setOptions(options);
            open(dialog);
            dialog->tryToConnect();
        },
        [this] {
            const auto *dialog = m_window->findChild<ConnectDialog *>();
            return dialog && !dialog->banner()->text().isEmpty();
        });
    picture(QStringLiteral("connecting"));
    then(close);
}
