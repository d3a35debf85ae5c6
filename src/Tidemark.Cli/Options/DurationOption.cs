using System.CommandLine;
using Tidemark.Wire;

namespace Tidemark.Cli.Options;

/// <summary>A flag for a duration in seconds; its mistakes name the longest one.</summary>
internal sealed class DurationOption : Option<string>
{
    private readonly TimeSpan _most;

    public DurationOption(string name, TimeSpan most)
        : base(name)
    {
        _most = most;
        HelpName = "SECONDS";
    }

    /// <returns>Zero: not given.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: no such duration.</exception>
    public TimeSpan Of(ParseResult parsed) =>
        parsed.GetResult(this) is null ? TimeSpan.Zero : DurationText.Parse(InputName.Flag(Name), parsed.GetValue(this), _most);
}
