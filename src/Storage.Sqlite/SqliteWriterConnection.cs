using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Chitti.Storage.Sqlite;

/// <summary>
/// A pooled connection that holds the database's writer gate while it is open. Writers queue for the gate instead of polling
/// inside SQLite, which is unfair and times out.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="afterStop">Whether it may write after writes have stopped.</param>
internal sealed class SqliteWriterConnection(SqliteDatabase database, bool afterStop) : SqliteConnection(database.ConnectionString)
{
    private int _holdsGate;

    public override void Open()
    {
        ThrowIfOpen();
        database.WriterGate.Wait();
        OpenInsideGate();
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        ThrowIfOpen();
        // SQLite is synchronous. Forcing a yield to the thread pool keeps it out of the caller's grain turn or request.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await database.WriterGate.WaitAsync(cancellationToken).ConfigureAwait(false);
        OpenInsideGate();
    }

    public override void Close()
    {
        try
        {
            // A transaction that was begun with a statement and left open would stay in the pooled connection and make every
            // later write fail.
            if (Handle is { } handle)
            {
                if (sqlite3_get_autocommit(handle) == 0 && Transaction is null)
                {
                    _ = sqlite3_exec(handle, "ROLLBACK");
                }

                if (sqlite3_get_autocommit(handle) != 0)
                {
                    database.CheckpointWhenLong(handle);
                }
            }

            base.Close();
        }
        finally
        {
            if (Interlocked.Exchange(ref _holdsGate, 0) == 1)
            {
                database.WriterGate.Release();
            }
        }
    }

    /// <summary>Opening twice would deadlock all writers, because the connection already holds the gate.</summary>
    private void ThrowIfOpen()
    {
        if (Volatile.Read(ref _holdsGate) == 1)
        {
            throw new InvalidOperationException("The connection is already open.");
        }
    }

    private void OpenInsideGate()
    {
        Interlocked.Exchange(ref _holdsGate, 1);
        try
        {
            if (!afterStop)
            {
                database.Stop.ThrowIfSet();
            }

            base.Open();
            database.Configure(this);
        }
        catch
        {
            Close();
            throw;
        }
    }
}
