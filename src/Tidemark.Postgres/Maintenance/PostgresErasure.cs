using Npgsql;
using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>Erasure in a server's tables. What it keeps of its own (dead rows, its log) it overwrites in its own time.</summary>
internal sealed class PostgresErasure(PostgresDatabase database) : IErasure
{
    private const string Of = "namespace = (select id from namespace where name = $1)";

    private const string Records = $"select count(*) from document d where d.{Of} and d.id = any($2)";

    private const string Queue = $"select count(*) from queue where {Of} and (document = any($2) or source_id = any($3))";

    private const string Quarantine = "select count(*) from quarantine where namespace = $1 and document = any($2)";

    // Another document may have a source id that is called like one of these.
    private const string SourceIds = $"""
        select count(*) from source_id i where i.{Of} and (i.value = any($3) or (i.value = any($2)
          and not exists (select 1 from document d where d.source_id = i.id)
          and not exists (select 1 from document_history h where h.source_id = i.id)))
        """;

    private static readonly string[] Tables =
        ["document", "document_text", "document_history", "layout", "chunk", "embedding", "queue", "quarantine", "run", "source_id", "golden_query", "golden_run"];

    private const string IndexTables = """
        select c.oid::regclass::text from pg_class c
        where c.relkind in ('r', 'p') and pg_table_is_visible(c.oid) and c.relname ~ '^(keywords|vectors)_[0-9]' order by c.relname
        """;

    public IReadOnlyList<string> NotCovered { get; } =
    [
        "backups and copies of the store", "replicas", "the server's write-ahead log and its archive",
        "space of the server's tables that is free and not overwritten yet ('vacuum full' overwrites it)", "exports",
        "saved plans", "what the server's planner remembers of tables that have become empty", "logs of the server and of the provider",
    ];

    public async ValueTask<ErasedDocuments> EraseAsync(
        string @namespace, IReadOnlyCollection<string> documents, IReadOnlyCollection<string> sourceIds, TimeSpan wait, CancellationToken cancellationToken)
    {
        var lease = await NamespaceLease.AcquireAsync(
            database, @namespace, NamespaceHold.Exclusive, wait, cancellationToken).ConfigureAwait(false);
        await using var held = lease.ConfigureAwait(false);
        return await database.GuardAsync(
            lease.Connection,
            async () =>
            {
                var transaction = await lease.Connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using var heldTransaction = transaction.ConfigureAwait(false);
                var erased = await new DocumentErasure(lease.Connection, @namespace).RunAsync(documents, sourceIds, cancellationToken).ConfigureAwait(false);
                await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
                return erased;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<ErasureProbe>> ProbeAsync(
        string @namespace,
        IReadOnlyCollection<string> documents,
        IReadOnlyCollection<string> sourceIds,
        IReadOnlyCollection<string> traces,
        CancellationToken cancellationToken) =>
        await database.RunAsync(
            async connection =>
            {
                // The planner remembers frequent values, words and pieces of text among them.
                var index = await connection.ListAsync(IndexTables, row => row.GetString(0), cancellationToken).ConfigureAwait(false);
                await connection.ExecuteAsync($"vacuum (analyze) {string.Join(", ", Tables.Concat(index))}", cancellationToken).ConfigureAwait(false);
                var probes = new List<ErasureProbe>();
                foreach (var (place, sql, groups) in new (string, string, string[])[]
                {
                    ("records", Records, []),
                    ("queue", Queue, sourceIds.Select(StoreText.Encode).ToArray()),
                    ("quarantine", Quarantine, []),
                    ("source ids", SourceIds, sourceIds.Select(one => StoreText.KeyOf(one).Key).ToArray()),
                })
                {
                    NpgsqlParameter[] names =
                        [Sql.Of(StoreText.Encode(@namespace)), Sql.Of(documents.Select(document => StoreText.KeyOf(document).Key).ToArray())];
                    probes.Add(new ErasureProbe(
                        place,
                        await connection.ScalarAsync<long>(
                            sql, cancellationToken, sql is Queue or SourceIds ? [.. names, Sql.Of(groups)] : names).ConfigureAwait(false)));
                }

                probes.Add(new ErasureProbe(
                    "golden queries",
                    await GoldenScrub.CountAsync(
                        connection, @namespace, new GoldenErasure(documents, traces), cancellationToken).ConfigureAwait(false)));
                return probes;
            },
            cancellationToken).ConfigureAwait(false);
}
