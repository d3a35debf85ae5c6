using System.CommandLine;
using System.Globalization;

namespace Tidemark.Cli.Commands;

/// <summary>A flag for a number within bounds; its mistakes name the bounds.</summary>
internal sealed class NumberOption : Option<string>
{
    private readonly double _default;
    private readonly (double Least, double Most) _bounds;
    private readonly bool _whole;

    public NumberOption(
        string name, string helpName, double @default, (double Least, double Most) bounds, bool whole = true)
        : base(name)
    {
        (_default, _bounds, _whole) = (@default, bounds, whole);
        HelpName = helpName;
    }

    /// <exception cref="TidemarkException"><c>usage</c>: no such number.</exception>
    public double Of(ParseResult parsed)
    {
        if (parsed.GetResult(this) is null)
        {
            return _default;
        }

        var text = parsed.GetValue(this);
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number)
            && number >= _bounds.Least
            && number <= _bounds.Most
            && (!_whole || number == Math.Floor(number))
                ? number
                : throw new TidemarkException(
                    ErrorCodes.Usage,
                    $"'{Name}' is '{text}'",
                    FormattableString.Invariant(
                        $"give it a {(_whole ? "whole number" : "number")} from {_bounds.Least} to {_bounds.Most}"));
    }
}
