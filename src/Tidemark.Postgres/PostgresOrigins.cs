using Tidemark.Adopting;
using Tidemark.Postgres.Adopting;

namespace Tidemark.Postgres;

/// <summary>
/// Vectors that other systems keep in PostgreSQL. An address is <c>postgres://USER@HOST:PORT/DATABASE</c>, with <c>?schema=NAME</c> where tables are
/// looked for in another schema than <c>public</c>; its secrets are neither shown nor stored.
/// </summary>
public static class PostgresOrigins
{
    /// <summary>A table or view whose columns are named.</summary>
    /// <param name="url">Of the database.</param>
    /// <param name="table">As SQL names it, perhaps with its schema.</param>
    /// <param name="text">The column of the very texts that were embedded.</param>
    /// <param name="vector">The column of their vectors: vector, halfvec, real[], double precision[], or a list in JSON.</param>
    /// <param name="id">The column by which a person finds a row; null: rows are numbered.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: it is no address.</exception>
    public static IEmbeddingOrigin OfTable(string url, string table, string text, string vector, string? id = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentException.ThrowIfNullOrEmpty(vector);
        return new TableOrigin(new OriginDatabase(url), new NamedTableFinder(new OriginTable(table, table, text, vector) { Id = id }));
    }

    /// <summary>A collection of LangChain's PGVector.</summary>
    /// <param name="url">Of the database.</param>
    /// <param name="collection">Null: the only one.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: it is no address.</exception>
    public static IEmbeddingOrigin OfLangChain(string url, string? collection = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        return new TableOrigin(new OriginDatabase(url), new LangChainFinder(collection));
    }

    /// <summary>What a vectorizer of pgai has made.</summary>
    /// <param name="url">Of the database.</param>
    /// <param name="vectorizer">Its name, its number or its table; null: the only one.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>: it is no address.</exception>
    public static IEmbeddingOrigin OfPgai(string url, string? vectorizer = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        return new TableOrigin(new OriginDatabase(url), new PgaiFinder(vectorizer));
    }
}
