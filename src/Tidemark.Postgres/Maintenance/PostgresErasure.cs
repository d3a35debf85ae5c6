using Tidemark.Postgres.Locking;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>Erasure in a server's tables. What it keeps of its own (dead rows, its log) it overwrites in its own time.</summary>
internal sealed class PostgresErasure(PostgresDatabase database) : IErasure
{
    private static readonly (string Place, string Sql)[] Places =
    [
        ("records", "select count(*) from document d where d.namespace = (select id from namespace where name = $1) and d.id = any($2)"),
        ("queue", "select count(*) from queue where namespace = (select id from namespace where name = $1) and document = any($2)"),
        ("quarantine", "select count(*) from quarantine where namespace = $1 and document = any($2)"),
        ("source ids", "select count(*) from source_id where namespace = (select id from namespace where name = $1) and value = any($2)"),
    ];

    private static readonly string[] Tables =
        ["document", "document_text", "document_history", "layout", "chunk", "embedding", "queue", "quarantine", "run", "source_id", "golden_query", "golden_run"];

    public IReadOnlyList<string> NotCovered { get; } =
    [
        "backups and copies of the store", "replicas", "the server's write-ahead log and its archive",
        "space of the server's tables that is free and not overwritten yet ('vacuum full' overwrites it)", "exports",
        "saved plans ('plan --out')", "logs of the server and of the provider",
    ];

    public async ValueTask<ErasedDocuments> EraseAsync(
        string @namespace, IReadOnlyCollection<string> documents, string? sourceId, TimeSpan wait, CancellationToken cancellationToken)
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
                var erased = await new DocumentErasure(lease.Connection, @namespace).RunAsync(documents, sourceId, cancellationToken).ConfigureAwait(false);
                await transaction.CommitHeardAsync(cancellationToken).ConfigureAwait(false);
                return erased;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<ErasureProbe>> ProbeAsync(
        string @namespace, IReadOnlyCollection<string> documents, IReadOnlyCollection<string> traces, CancellationToken cancellationToken) =>
        await database.RunAsync(
            async connection =>
            {
                await connection.ExecuteAsync($"vacuum {string.Join(", ", Tables)}", cancellationToken).ConfigureAwait(false);
                var probes = new List<ErasureProbe>();
                var names = documents.Select(document => StoreText.KeyOf(document).Key).ToArray();
                foreach (var (place, sql) in Places)
                {
                    probes.Add(new ErasureProbe(
                        place,
                        await connection.ScalarAsync<long>(
                            sql, cancellationToken, Sql.Of(StoreText.Encode(@namespace)), Sql.Of(names)).ConfigureAwait(false)));
                }

                probes.Add(new ErasureProbe(
                    "golden queries",
                    await GoldenScrub.CountAsync(
                        connection, @namespace, new GoldenErasure(documents, traces), cancellationToken).ConfigureAwait(false)));
                return probes;
            },
            cancellationToken).ConfigureAwait(false);
}
