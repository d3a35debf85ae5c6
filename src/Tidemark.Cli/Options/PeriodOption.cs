using System.CommandLine;
using Tidemark.Wire;

namespace Tidemark.Cli.Options;

/// <summary>A flag for a period of time, such as <c>7d</c>.</summary>
internal sealed class PeriodOption : Option<string>
{
    public PeriodOption(string name, string description)
        : base(name)
    {
        HelpName = "PERIOD";
        Description = description;
    }

    /// <returns>Null: not given.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: no such period.</exception>
    public TimeSpan? Of(ParseResult parsed) =>
        parsed.GetResult(this) is null ? null : PeriodText.Parse(InputName.Flag(Name), parsed.GetValue(this));
}
