using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Care;

/// <summary>Checks and mends the records in a store's file.</summary>
internal sealed class SqliteRecordCare(SqliteDatabase database) : IRecordCare
{
    public ValueTask<RecordCheck> CheckAsync(string @namespace, CancellationToken cancellationToken) => DamageList.GatherAsync(damages =>
    {
        using var lease = database.Readers.RentSnapshot();
        new RecordChecker(lease.Connection, damages).Run(@namespace, cancellationToken);
        return ValueTask.CompletedTask;
    });

    public ValueTask<RecordMending> MendAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken)
    {
        var isIndexDamaged = FindsDamagedIndex();
        return ChangeAsync(
            connection => new RecordMender(connection, @namespace, isIndexDamaged).Run(cancellationToken), wait, cancellationToken);
    }

    public ValueTask<long> SweepAsync(string @namespace, TimeSpan wait, CancellationToken cancellationToken) =>
        ChangeAsync(connection => RecordSweep.Run(connection, @namespace), wait, cancellationToken);

    /// <summary>Reads the whole file, so not while the writer is held.</summary>
    private bool FindsDamagedIndex()
    {
        using var lease = database.Readers.RentSnapshot();
        return new PageCheck(lease.Connection).Run().Any(PageCheck.IsOfRecordIndex);
    }

    private async ValueTask<T> ChangeAsync<T>(
        Func<SqliteConnection, T> change, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await database.LeaseAsync(wait, cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        return writer.InTransaction((connection, _) => change(connection));
    }
}
