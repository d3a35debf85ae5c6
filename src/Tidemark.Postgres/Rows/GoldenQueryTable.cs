using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Rows of <c>golden_query</c>. One that changes is a new one, since copies are made of new rows.</summary>
internal static class GoldenQueryTable
{
    private const string Columns = "query, filter, expected, must, since";

    private const string Rows = $"""
        select {Columns} from golden_query where namespace = (select id from namespace where name = $1) order by id
        """;

    private const string Same =
        "namespace = (select id from namespace where name = $1) and md5(query) = md5($2) and query = $2 and filter = $3";

    private const string Insert = $"""
        insert into golden_query (namespace, {Columns}) select (select id from namespace where name = $1), $2, $3, $4, $5, $6
        """;

    private const string Delete = $"""
        with gone as (delete from golden_query where {Same} returning id)
        delete from catalog k using gone where k.kind = 'golden_query' and k.id = gone.id
        """;

    public static Task<List<GoldenQuery>> ListAsync(NpgsqlConnection connection, string @namespace, CancellationToken cancellationToken) =>
        connection.ListAsync(Rows, Read, cancellationToken, Sql.Of(StoreText.Encode(@namespace)));

    public static async Task<GoldenQuery?> FindAsync(
        NpgsqlConnection connection, string @namespace, GoldenQuery query, CancellationToken cancellationToken) => (await connection.ListAsync(
        $"select {Columns} from golden_query where {Same}", Read, cancellationToken, Named(@namespace, query.Query, query.Filter))
        .ConfigureAwait(false)).FirstOrDefault();

    public static Task AddAsync(NpgsqlConnection connection, string @namespace, GoldenQuery query, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            Insert,
            cancellationToken,
            [
                .. Named(@namespace, query.Query, query.Filter),
                Sql.Of(StoreText.Encode(GoldenText.OfExpected(query.Expected))),
                Sql.Of(query.Must ? 1 : 0),
                Sql.Of(query.Since.ToStored()),
            ]);

    /// <returns>False: there is none that asks this.</returns>
    public static async Task<bool> RemoveAsync(
        NpgsqlConnection connection, string @namespace, string query, IReadOnlyList<string> filter, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(Delete, cancellationToken, Named(@namespace, query, filter)).ConfigureAwait(false) > 0;

    private static GoldenQuery Read(NpgsqlDataReader row) => GoldenText.ReadQuery(
        row.GetStoreText(0), row.GetStoreText(1), row.GetStoreText(2), row.GetInt16(3) != 0, row.GetInt64(4));

    private static NpgsqlParameter[] Named(string @namespace, string query, IReadOnlyList<string> filter) =>
        [Sql.Of(StoreText.Encode(@namespace)), Sql.Of(StoreText.Encode(query)), Sql.Of(StoreText.Encode(GoldenText.OfFilter(filter)))];
}
