using System.CommandLine;
using System.Globalization;
using Tidemark.Cli.Configuration;

namespace Tidemark.Cli.Commands;

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
    public decimal? Of(ParseResult parsed)
    {
        if (parsed.GetResult(this) is null)
        {
            return null;
        }

        var text = parsed.GetValue(this);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture,
                out var usd) && usd <= SettingTable.MostMoney
            ? usd
            : throw new TidemarkException(
                ErrorCodes.Usage, $"'{Name}' is '{text}'", $"give it an amount of USD, not negative: '{Name} 2.50'");
    }
}
