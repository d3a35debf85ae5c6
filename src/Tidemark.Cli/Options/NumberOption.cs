using System.CommandLine;
using Tidemark.Wire;

namespace Tidemark.Cli.Options;

/// <summary>A flag for a whole number within bounds; its mistakes name the bounds.</summary>
internal sealed class NumberOption : Option<string>
{
    private readonly int _default;
    private readonly NumberBounds _bounds;

    public NumberOption(string name, string helpName, int @default, (int Least, int Most) bounds)
        : base(name)
    {
        (_default, _bounds) = (@default, new NumberBounds(bounds.Least, bounds.Most));
        HelpName = helpName;
    }

    /// <exception cref="TidemarkException"><c>usage</c>: no such number.</exception>
    public int Of(ParseResult parsed) =>
        parsed.GetResult(this) is null ? _default : (int)NumberText.Parse(InputName.Flag(Name), parsed.GetValue(this), _bounds);
}
