using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Adopting;

/// <summary>
/// The tables of LangChain's PGVector (langchain-postgres and langchain-community): all collections share one, whose row id is called
/// <c>id</c> in newer versions and <c>uuid</c> in older ones.
/// </summary>
internal sealed class LangChainFinder(string? collection) : IOriginFinder
{
    private const string Table = "langchain_pg_embedding";

    public async Task<OriginTable> FindAsync(OriginDatabase database, CancellationToken cancellationToken)
    {
        var columns = await database.ListAsync(
            "select attname::text from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped",
            row => row.GetString(0), cancellationToken, Sql.Of(Table)).ConfigureAwait(false);
        if (columns.Count == 0)
        {
            throw OriginErrors.Missing(
                $"'{database.Name}' has no table '{Table}'",
                "name the database of LangChain's PGVector, and its schema behind it where it is not public ('…/DATABASE?schema=NAME'); "
                + "a table of PGVectorStore is read by its name, with the columns content and embedding");
        }

        var collections = await database.ListAsync(
            "select uuid::text, name::text from langchain_pg_collection order by name", row => (Id: row.GetString(0), Name: row.GetString(1)), cancellationToken)
            .ConfigureAwait(false);
        var named = collection is null ? collections : [.. collections.Where(one => one.Name == collection)];
        return named is [var found]
            ? new OriginTable(Table, found.Name, "document", "embedding")
            {
                Id = columns.Contains("id") ? "id" : "uuid",
                Where = "collection_id",
                Value = found.Id,
            }
            : throw OriginErrors.Missing(
                collection is null
                    ? $"'{database.Name}' has {collections.Count} collections of LangChain"
                    : $"'{database.Name}' has no collection '{collection}'",
                collections.Count == 0 ? "name the database that has them" : $"name one of them as the collection: {Names(collections.Select(one => one.Name))}");
    }

    /// <summary>Enough to choose from.</summary>
    internal static string Names(IEnumerable<string> names)
    {
        const int Most = 10;
        string[] all = [.. names];
        return string.Join(", ", all.Take(Most)) + (all.Length > Most ? ", …" : "");
    }
}
