using System.CommandLine;
using Tidemark.Wire;

namespace Tidemark.Cli.Options;

/// <summary>A flag for a share: <c>0.01</c> or <c>1%</c>.</summary>
internal sealed class ShareOption : Option<string>
{
    public ShareOption(string name)
        : base(name)
    {
        HelpName = "SHARE";
    }

    /// <returns>Null: not given.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: no share.</exception>
    public double? Of(ParseResult parsed) =>
        parsed.GetResult(this) is null ? null : ShareText.Parse(InputName.Flag(Name), parsed.GetValue(this));
}
