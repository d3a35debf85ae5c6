using System.CommandLine;
using Tidemark.Cli.Options;
using Tidemark.Composition;

namespace Tidemark.Cli.Commands;

/// <summary>What <c>import</c> takes beside a file: where another system keeps its vectors.</summary>
internal sealed class ImportFlags
{
    public ImportFlags() => From.CompletionSources.Add([.. OriginComposer.Kinds]);

    public Option<string?> From { get; } = Of(
        "--from", "KIND", "Vectors of another system instead of a file: pgai, langchain-pgvector, chroma or table");

    public Option<string?> Collection { get; } = Of("--collection", "NAME", "The collection of langchain-pgvector, or the vectorizer of pgai [default: the only one]");

    public Option<string?> Table { get; } = Of("--table", "NAME", "With --from table: the table or view, as SQL names it");

    public Option<string?> Text { get; } = Of("--text", "COLUMN", "With --from table: the texts that were embedded");

    public Option<string?> Vector { get; } = Of("--vector", "COLUMN", "With --from table: their vectors");

    public Option<string?> Id { get; } = Of("--id", "COLUMN", "With --from table: what a row is called in messages [default: its number]");

    public Switch DryRun { get; } = new("--dry-run", "With --from: count, and neither ask the model nor write");

    public Switch Trust { get; } = new("--trust", "With --from: do not embed three samples to see whether the vectors are of this model");

    public Switch Shorten { get; } = new("--shorten", "With --from: cut longer vectors to the dimensions of the model");

    public MoneyOption Budget { get; } = new("--budget")
    {
        Description = "With --from: what the samples may cost [default: no limit but the month's]",
    };

    /// <summary>All but <see cref="From"/>.</summary>
    public IReadOnlyList<Option> Others => [Collection, Table, Text, Vector, Id, DryRun, Trust, Shorten, Budget];

    private static Option<string?> Of(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
