using Npgsql;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Embedding;

/// <summary>The rows of <c>quarantine</c>. There are few of them, and on most days none.</summary>
internal sealed class PostgresQuarantine(PostgresDatabase database) : IQuarantine
{
    private const string Columns = "namespace, document, space, input, code, message, since";

    private const string ByInput =
        $"select distinct on (input) {Columns} from quarantine where space = $1 and input = any($2) order by input";

    private const string ByNamespace =
        $"""select {Columns} from quarantine where namespace = $1 order by document collate "C", input""";

    private const string OfDocuments = """
        namespace = $1 and md5(document) = any(select md5(u) from unnest($2::text[]) u) and document = any($2)
        """;

    private const string DeleteOthers = $"""
        delete from quarantine where {OfDocuments} and not exists (
          select 1 from unnest($2::text[], $3::text[], $4::bytea[]) k(document, space, input)
          where (k.document, k.space, k.input) = (quarantine.document, quarantine.space, quarantine.input))
        """;

    private const string AddRows = """
        insert into quarantine (namespace, document, space, input, code, message, since)
        select $1, u.* from unnest($2::text[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::bigint[])
          u(document, space, input, code, message, since)
        where not exists (select 1 from quarantine q where q.namespace = $1 and md5(q.document) = md5(u.document)
          and (q.document, q.space, q.input) = (u.document, u.space, u.input))
        """;

    public async ValueTask<IReadOnlyList<QuarantinedInput>> FindAsync(
        EmbeddingSpace space, IReadOnlyCollection<ContentHash> inputs, CancellationToken cancellationToken) =>
        inputs.Count == 0 ? [] : await database.RunAsync(
            connection => connection.ListAsync(
                ByInput, Read, cancellationToken, Text(space.Name),
                Sql.Of(inputs.Select(input => input.ToArray()).ToArray())),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<QuarantinedInput>> ListAsync(
        string @namespace, CancellationToken cancellationToken) => await database.RunAsync(
        connection => connection.ListAsync(ByNamespace, Read, cancellationToken, Text(@namespace)), cancellationToken).ConfigureAwait(false);

    public async ValueTask PutAsync(IReadOnlyList<QuarantinedInput> inputs, CancellationToken cancellationToken)
    {
        foreach (var entries in inputs.GroupBy(input => input.Namespace, StringComparer.Ordinal))
        {
            await database.InTransactionAsync(
                connection => PutAsync(connection, entries.Key, [.. entries], cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask ReleaseAsync(
        string @namespace, IReadOnlyCollection<string> documents, CancellationToken cancellationToken) => await database.RunAsync(
        async connection =>
        {
            // Looking is cheap and writes nothing; almost always there is nothing to delete.
            var isAny = await connection.ScalarAsync<bool>(
                "select exists (select 1 from quarantine)", cancellationToken).ConfigureAwait(false);
            return isAny && await connection.ExecuteAsync(
                $"delete from quarantine where {OfDocuments}", cancellationToken, Text(@namespace),
                Sql.Of(documents.Select(StoreText.Encode).ToArray())).ConfigureAwait(false) > 0;
        },
        cancellationToken).ConfigureAwait(false);

    private static async Task<bool> PutAsync(
        NpgsqlConnection connection, string @namespace, QuarantinedInput[] entries, CancellationToken cancellationToken)
    {
        var documents = Column(entries, entry => entry.Document);
        var spaces = Column(entries, entry => entry.Space);
        var inputs = Array.ConvertAll(entries, entry => entry.Input.ToArray());
        await connection.ExecuteAsync(
            DeleteOthers, cancellationToken, Text(@namespace), Sql.Of(documents), Sql.Of(spaces), Sql.Of(inputs)).ConfigureAwait(false);
        await connection.ExecuteAsync(
            AddRows, cancellationToken, Text(@namespace), Sql.Of(documents), Sql.Of(spaces), Sql.Of(inputs),
            Sql.Of(Column(entries, entry => entry.Code)),
            Sql.Of(Column(entries, entry => entry.Message)),
            Sql.Of(Array.ConvertAll(entries, entry => entry.Since.ToStored()))).ConfigureAwait(false);
        return true;
    }

    private static string[] Column(QuarantinedInput[] entries, Func<QuarantinedInput, string> read) =>
        Array.ConvertAll(entries, entry => StoreText.Encode(read(entry)));

    private static NpgsqlParameter Text(string text) => Sql.Of(StoreText.Encode(text));

    private static QuarantinedInput Read(NpgsqlDataReader row) => new()
    {
        Namespace = row.GetStoreText(0),
        Document = row.GetStoreText(1),
        Space = row.GetStoreText(2),
        Input = row.GetHash(3),
        Code = row.GetStoreText(4),
        Message = row.GetStoreText(5),
        Since = StoreTime.FromStored(row.GetInt64(6), "table quarantine", "since"),
    };
}
