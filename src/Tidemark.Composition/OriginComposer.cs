using System.Collections;
using Tidemark.Adopting;
using Tidemark.Chroma;
using Tidemark.Postgres;

namespace Tidemark.Composition;

/// <summary>From what somebody typed to the vectors of another system.</summary>
/// <param name="Environment">Where addresses and tokens may be.</param>
internal sealed record OriginComposer(IDictionary Environment, TimeProvider Clock)
{
    public const string Pgai = "pgai";
    public const string LangChain = "langchain-pgvector";
    public const string Chroma = "chroma";
    public const string Table = "table";

    private const string Variable = "env:";

    public static readonly IReadOnlyList<string> Kinds = [Pgai, LangChain, Chroma, Table];

    /// <exception cref="TidemarkException"><c>usage</c>, <c>configuration.invalid</c>.</exception>
    public IEmbeddingOrigin Compose(OriginSettings origin)
    {
        RequireFitting(origin);
        var address = AddressOf(origin);
        return origin.Kind switch
        {
            Pgai => PostgresOrigins.OfPgai(address, origin.Collection),
            LangChain => PostgresOrigins.OfLangChain(address, origin.Collection),
            Table => PostgresOrigins.OfTable(address, origin.Table!, origin.Text!, origin.Vector!, origin.Id),
            _ => new ChromaIndexes(new ChromaOptions { Token = Environment["CHROMA_TOKEN"] as string }, Clock).OpenOrigin(address),
        };
    }

    private static void RequireFitting(OriginSettings origin)
    {
        if (!Kinds.Contains(origin.Kind, StringComparer.Ordinal))
        {
            throw new TidemarkException(ErrorCodes.Usage, $"'--from' is '{origin.Kind}'", $"write one of: {string.Join(", ", Kinds)}");
        }

        (string Flag, string? Value)[] columns = [("--table", origin.Table), ("--text", origin.Text), ("--vector", origin.Vector)];
        if (origin.Kind == Table)
        {
            if (Array.Find(columns, one => string.IsNullOrEmpty(one.Value)).Flag is { } lacking)
            {
                throw new TidemarkException(
                    ErrorCodes.Usage, $"'--from table' lacks '{lacking}'", "name the table and its columns: --table public.chunk --text content --vector embedding");
            }
        }
        else if (columns.Append(("--id", origin.Id)).FirstOrDefault(one => one.Item2 is not null).Item1 is { } needless)
        {
            throw new TidemarkException(ErrorCodes.Usage, $"'{needless}' says nothing with '--from {origin.Kind}'", "leave it out, or write '--from table'");
        }

        if (origin is { Kind: Table or Chroma, Collection: not null })
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"'--collection' says nothing with '--from {origin.Kind}'",
                origin.Kind == Chroma ? "name the collection in the address: chroma:http://HOST:PORT/COLLECTION" : "name the table with --table");
        }
    }

    /// <summary>An address with a password is best kept out of the command line, which others on the machine can see.</summary>
    private string AddressOf(OriginSettings origin)
    {
        if (!origin.Address.StartsWith(Variable, StringComparison.Ordinal))
        {
            return origin.Address;
        }

        var variable = origin.Address[Variable.Length..];
        return Environment[variable] is string { Length: > 0 } address ? address : throw new TidemarkException(
            ErrorCodes.Usage,
            $"the variable '{variable}' of the environment holds no address",
            origin.Kind == Chroma ? $"set it: export {variable}=chroma:http://HOST:PORT/COLLECTION" : $"set it: export {variable}=postgres://USER@HOST:PORT/DATABASE");
    }
}
