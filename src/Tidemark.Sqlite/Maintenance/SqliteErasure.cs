using System.Text;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Rows;
using Tidemark.Sqlite.Storage;

namespace Tidemark.Sqlite.Maintenance;

/// <summary>
/// Erasure in one file: what is deleted is overwritten (<c>secure_delete</c>), then the file is made anew (<c>VACUUM</c>), since what was
/// written before may be in any free page of it, and the log is written back and cut off.
/// </summary>
internal sealed class SqliteErasure(SqliteDatabase database) : IErasure
{
    private static readonly (string Place, string Sql)[] Places =
    [
        ("records", "SELECT count(*) FROM document WHERE namespace = ?1 AND id = ?2"),
        ("queue", "SELECT count(*) FROM queue WHERE namespace = ?1 AND document = ?2"),
        ("quarantine", "SELECT count(*) FROM quarantine WHERE namespace = (SELECT name FROM namespace WHERE id = ?1) AND document = ?2"),
        ("source ids", $"SELECT count(*) FROM source_id WHERE namespace = ?1 AND value = ?2 AND {Unnamed}"),
    ];

    // A document that is called like one of these is none of theirs.
    private static readonly (string Place, string Sql)[] PlacesOfSourceIds =
    [
        ("queue", "SELECT count(*) FROM queue WHERE namespace = ?1 AND source_id = ?2"),
        ("source ids", "SELECT count(*) FROM source_id WHERE namespace = ?1 AND value = ?2"),
    ];

    // Another document may have a source id that is called like one of these.
    private const string Unnamed =
        "id NOT IN (SELECT source_id FROM document) AND id NOT IN (SELECT source_id FROM document_history)";

    // What other documents say as well is no trace of these.
    private const string SaidElsewhere = """
        SELECT EXISTS (SELECT 1 FROM chunk WHERE instr(text, ?1) > 0) OR EXISTS (SELECT 1 FROM document_text WHERE instr(text, ?1) > 0)
          OR EXISTS (SELECT 1 FROM document WHERE instr(id, ?1) > 0 OR instr(metadata, ?1) > 0)
          OR EXISTS (SELECT 1 FROM document_history WHERE instr(text, ?1) > 0 OR instr(metadata, ?1) > 0)
          OR EXISTS (SELECT 1 FROM queue WHERE instr(document, ?1) > 0 OR instr(payload, ?1) > 0)
          OR EXISTS (SELECT 1 FROM quarantine WHERE instr(document, ?1) > 0) OR EXISTS (SELECT 1 FROM source_id WHERE instr(value, ?1) > 0)
          OR EXISTS (SELECT 1 FROM golden_query WHERE instr(query, ?1) > 0 OR instr(filter, ?1) > 0 OR instr(expected, ?1) > 0)
          OR EXISTS (SELECT 1 FROM golden_run WHERE instr(results, ?1) > 0)
        """;

    public IReadOnlyList<string> NotCovered { get; } =
        ["backups and copies of the store", "exports", "saved plans", "logs of the provider", "free blocks and snapshots of the file system"];

    public async ValueTask<ErasedDocuments> EraseAsync(
        string @namespace, IReadOnlyCollection<string> documents, IReadOnlyCollection<string> sourceIds, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var lease = await database.LeaseAsync(wait, cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.Commit();
        writer.Connection.Execute("PRAGMA secure_delete = ON");
        return writer.InTransaction((connection, index) =>
        {
            index.Discard(); // what it remembers of tables that may be made again
            return new DocumentErasure(connection, NamespaceTable.Find(connection, @namespace).Id).Run(documents, sourceIds);
        });
    }

    public async ValueTask<IReadOnlyList<ErasureProbe>> ProbeAsync(
        string @namespace,
        IReadOnlyCollection<string> documents,
        IReadOnlyCollection<string> sourceIds,
        IReadOnlyCollection<string> traces,
        CancellationToken cancellationToken)
    {
        using var lease = await database.LeaseAsync(TimeSpan.FromSeconds(30), cancellationToken).ConfigureAwait(false);
        using var writer = await database.HoldWriterAsync(cancellationToken).ConfigureAwait(false);
        writer.Commit();
        var connection = writer.Connection;
        connection.Execute("PRAGMA secure_delete = ON");
        writer.InTransaction((inside, _) =>
        {
            ErasureScrub.Run(inside);
            return true;
        });
        var id = NamespaceTable.Find(connection, @namespace).Id;
        var probes = Places.Select(place => new ErasureProbe(
            place.Place,
            documents.Sum(name => Count(connection, place.Sql, id, name))
                + sourceIds.Sum(group => PlacesOfSourceIds.Where(other => other.Place == place.Place).Sum(other => Count(connection, other.Sql, id, group))))).ToList();
        probes.Add(new ErasureProbe("golden queries", GoldenScrub.Count(connection, id, new GoldenErasure(documents, traces))));
        if (database.IsTransient)
        {
            return probes;
        }

        MakeAnew(connection);
        var found = await FileSearch.CountAsync(Files, NeedlesOf(connection, documents.Concat(sourceIds), traces), cancellationToken).ConfigureAwait(false);
        if (!CutOff(connection))
        {
            throw new TidemarkException(
                ErrorCodes.StoreBusy,
                $"'{database.Path}' is read by another process, so that its log cannot be cut off",
                "end what reads it (an export, a search that waits), then forget it again: it goes on");
        }

        return [.. probes, new ErasureProbe("database file", found)];
    }

    /// <summary>
    /// Nobody can tell of a page that is free what it holds, and of the words of the keyword index whose they were: so no page is kept.
    /// </summary>
    private static void MakeAnew(SqliteConnection connection)
    {
        connection.Execute("VACUUM");
        CutOff(connection);
    }

    /// <returns>False: a reader still needs the log.</returns>
    private static bool CutOff(SqliteConnection connection)
    {
        using var row = connection.Statement("PRAGMA wal_checkpoint(TRUNCATE)");
        return row.Step() && row.GetInt64(0) == 0;
    }

    private string[] Files => [database.Path, database.Path + "-wal", database.Path + "-journal"];

    private static byte[][] NeedlesOf(SqliteConnection connection, IEnumerable<string> names, IReadOnlyCollection<string> traces) =>
    [
        .. names.Where(name => name.Length >= ErasureTrace.Least).Concat(traces).Distinct(StringComparer.Ordinal)
            .Where(needle => !IsSaidElsewhere(connection, needle)).Select(Encoding.UTF8.GetBytes),
    ];

    private static bool IsSaidElsewhere(SqliteConnection connection, string needle)
    {
        using var row = connection.Statement(SaidElsewhere);
        row.BindText(1, needle);
        row.Step();
        return row.GetInt64(0) != 0;
    }

    private static long Count(SqliteConnection connection, string sql, long @namespace, string document)
    {
        using var row = connection.Statement(sql);
        row.Bind(1, @namespace);
        row.BindText(2, document);
        row.Step();
        return row.GetInt64(0);
    }
}
