using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Rows of <c>safeguard</c>.</summary>
internal static class SafeguardTable
{
    /// <summary>The keys of documents that a legal hold covers, by what they are or what a kept state of them was.</summary>
    public const string HeldDocuments = """
        select d.key from safeguard g join document d on d.namespace = g.namespace
        join (select key, source_id from document union all select document, source_id from document_history) w on w.key = d.key
        left join source_id i on i.id = w.source_id
        where g.kind = 'hold' and g.name = case g.scope
          when 'document' then coalesce(d.long_id, d.id) else coalesce(i.long_value, i.value, d.long_id, d.id) end
        """;

    private const string Same = "namespace = (select id from namespace where name = $1) and kind = $2 and scope = $3 and name = $4";

    private const string Insert = $"""
        insert into safeguard (namespace, kind, scope, name, note, since)
        select (select id from namespace where name = $1), $2, $3, $4, $5, $6 where not exists (select 1 from safeguard where {Same})
        """;

    private const string Rows = $"""
        select scope, name, note, since from (
          select scope, name, note, since from safeguard where namespace = (select id from namespace where name = $1) and kind = $2
          union all select null, null, null, null where {SafeguardCopies.Differ}) g
        order by scope nulls first, name collate "C"
        """;

    private const string Delete = $"""
        with gone as (delete from safeguard where {Same} returning id)
        delete from catalog k using gone where k.kind = 'safeguard' and k.id = gone.id
        """;

    public static Task<List<Safeguard>> ListAsync(
        NpgsqlConnection connection, string @namespace, SafeguardKind kind, CancellationToken cancellationToken) => connection.ListAsync(
        Rows,
        row => row.IsDBNull(0) ? throw SafeguardCopies.Damaged() : new Safeguard(
            kind,
            SafeguardNames.ScopeOf(row.GetString(0)),
            row.GetStoreText(1),
            row.GetStoreText(2),
            StoreTime.FromStored(row.GetInt64(3), "table safeguard", "since")),
        cancellationToken,
        Sql.Of(StoreText.Encode(@namespace)),
        Sql.Of(SafeguardNames.Of(kind)));

    /// <returns>False: it is there.</returns>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection, string @namespace, Safeguard safeguard, CancellationToken cancellationToken) => await connection.ExecuteAsync(
        Insert,
        cancellationToken,
        [
            .. Named(@namespace, safeguard.Kind, safeguard.Scope, safeguard.Name),
            Sql.Of(StoreText.Encode(safeguard.Note)),
            Sql.Of(safeguard.Since.ToStored()),
        ]).ConfigureAwait(false) > 0;

    /// <returns>False: there is none.</returns>
    public static async Task<bool> RemoveAsync(
        NpgsqlConnection connection, string @namespace, SafeguardKind kind, SafeguardScope scope, string name, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(Delete, cancellationToken, Named(@namespace, kind, scope, name)).ConfigureAwait(false) > 0;

    private static NpgsqlParameter[] Named(string @namespace, SafeguardKind kind, SafeguardScope scope, string name) =>
    [
        Sql.Of(StoreText.Encode(@namespace)), Sql.Of(SafeguardNames.Of(kind)), Sql.Of(SafeguardNames.Of(scope)), Sql.Of(StoreText.Encode(name)),
    ];
}
