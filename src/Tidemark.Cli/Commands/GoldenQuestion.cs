using System.CommandLine;
using Tidemark.Records;

namespace Tidemark.Cli.Commands;

/// <summary>What names a golden query: its text and its filter.</summary>
internal sealed class GoldenQuestion
{
    public Argument<string[]> Text { get; } = new("QUERY") { Description = "What is asked; any text is safe", Arity = ArgumentArity.OneOrMore };

    public Option<string[]> Filter { get; } = new("--filter")
    {
        HelpName = "CONDITION",
        Description = "Ask only documents with such metadata, as in 'search'; repeatable: all must hold",
    };

    public GoldenQuery Of(ParseResult parsed) => new()
    {
        Query = string.Join(' ', parsed.GetValue(Text)!),
        Filter = parsed.GetValue(Filter) ?? [],
    };
}
