using System.CommandLine;
using Tidemark.Records;
using Tidemark.Wire;

namespace Tidemark.Cli.Options;

/// <summary>A flag for a moment of the past.</summary>
internal sealed class AsOfOption : Option<string>
{
    public AsOfOption()
        : base("--as-of")
    {
        HelpName = "TIME|RUN";
        Description = "As the index was at a time (2026-11-28T09:00Z; a date is its first moment, UTC), or when a run had ended";
    }

    /// <returns>Null: not given.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: no such moment.</exception>
    public PointInTime? Of(ParseResult parsed)
    {
        if (parsed.GetResult(this) is null)
        {
            return null;
        }

        var text = parsed.GetValue(this) ?? "";
        return PointInTimeText.Parse(text) ?? throw new TidemarkException(
            ErrorCodes.Usage,
            $"'{Name} {text}' is neither a time nor a run",
            "name a time such as 2026-11-28T09:00:00Z, a date, or the number of a run ('tidemark runs' lists them)");
    }
}
