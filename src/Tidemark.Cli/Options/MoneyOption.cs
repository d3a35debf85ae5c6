using System.CommandLine;
using Tidemark.Wire;

namespace Tidemark.Cli.Options;

/// <summary>A flag for an amount of USD.</summary>
internal sealed class MoneyOption : Option<string>
{
    public MoneyOption(string name)
        : base(name)
    {
        HelpName = "USD";
    }

    /// <returns>Null: not given.</returns>
    /// <exception cref="TidemarkException"><c>usage</c>: no amount.</exception>
    public decimal? Of(ParseResult parsed) =>
        parsed.GetResult(this) is null ? null : MoneyText.Parse(InputName.Flag(Name), parsed.GetValue(this));
}
