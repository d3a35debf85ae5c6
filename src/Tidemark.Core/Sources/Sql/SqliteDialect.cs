using System.Globalization;

namespace Tidemark.Sources;

/// <summary>A time stamp is a text or a number of seconds or milliseconds, whatever the column's type says.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    internal override string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Unless it is made for whole numbers.</summary>
    internal override bool HoldsAnything(string type) => !type.Contains("INT", StringComparison.OrdinalIgnoreCase);

    /// <summary>As values are read: what has no fraction without one, and bytes in hexadecimal.</summary>
    internal override string IdText(string expression, string type) =>
        $"case when typeof({expression}) = 'blob' then lower(hex({expression})) "
        + $"when typeof({expression}) = 'real' and {expression} = cast({expression} as integer) then cast(cast({expression} as integer) as text) "
        + $"else cast({expression} as text) end";

    internal override string Join(IReadOnlyList<string> texts) => $"({string.Join(" || ", texts)})";

    internal override string TimeText(string expression, string type) => $"cast({expression} as text)";

    internal override string Time(string parameter, string type) => parameter;

    /// <summary>Whole seconds, which are earlier; with what parts date and time in the texts. What is no time is after everything.</summary>
    internal override string Earlier(string parameter, string seconds, string type) =>
        $"case when typeof({parameter}) = 'integer' then {parameter} - {seconds} * case when {parameter} > 100000000000 then 1000 else 1 end "
        + $"else coalesce(strftime('%Y-%m-%d', {parameter}, '-' || {seconds} || ' seconds') || substr({parameter}, 11, 1) "
        + $"|| strftime('%H:%M:%S', {parameter}, '-' || {seconds} || ' seconds'), '') end";

    internal override string Clock(string type) => "strftime('%Y-%m-%d %H:%M:%f', 'now')";

    internal override string ClockFor(string expression, string type) =>
        $"case when typeof({expression}) = 'integer' "
        + $"then case when {expression} > 100000000000 then cast(unixepoch('subsec') * 1000 as integer) else unixepoch() end "
        + $"else strftime('%Y-%m-%d', 'now') || substr({expression}, 11, 1) || strftime('%H:%M:%f', 'now') end";

    internal override object Bind(string time) =>
        long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : time;
}
