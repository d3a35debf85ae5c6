using System.Globalization;

namespace Tidemark.Formats;

/// <summary>What is seen in a cell.</summary>
internal sealed class XlsxValues(List<string> strings, XlsxStyles styles, bool from1904)
{
    /// <summary>The first day of the year 10000, from which on there are no dates.</summary>
    private const double MostDays = 2_958_466;

    private const int DaysTo1904 = 1_462;

    /// <param name="type">The cell's <c>t</c>.</param>
    /// <param name="style">Its <c>s</c>.</param>
    /// <returns>Empty: nothing that says anything.</returns>
    public string TextOf(string? type, string? style, string value) => type switch
    {
        "s" => int.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var index)
            && index >= 0 && index < strings.Count ? strings[index] : "",
        "str" or "inlineStr" => XlsxEscapes.Undo(value),
        "d" => value,
        "b" => value.Trim() == "1" ? "TRUE" : "FALSE",
        "e" => "",
        _ => NumberOf(style, value.Trim()),
    };

    private string NumberOf(string? style, string value)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return value;
        }

        var format = styles.FormatOf(style);
        return format switch
        {
            XlsxFormat.Percent => Show(Math.Round(number * 100, 10)) + "%",
            XlsxFormat.Plain => Show(number),
            _ when number >= 0 && number < MostDays => MomentOf(format, number),
            _ => Show(number),
        };
    }

    private string MomentOf(XlsxFormat format, double number)
    {
        if (format == XlsxFormat.Time && number >= 1)
        {
            var hours = Math.Round(number * 24, 6);
            return string.Create(
                CultureInfo.InvariantCulture, $"{Math.Floor(hours):0}:{Math.Floor(Math.Round((hours % 1) * 3_600) / 60):00}");
        }

        // Excel has a 29 February 1900, which never was: days before it count from one day later.
        var days = number + (from1904 ? DaysTo1904 : number < 60 ? 1 : 0);
        var moment = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(Math.Round(Math.Min(days, MostDays - 1) * 86_400));
        var time = moment.Second == 0 ? "HH:mm" : "HH:mm:ss";
        return moment.ToString(
            format == XlsxFormat.Time ? time
                : format == XlsxFormat.Date || moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd"
                : $"yyyy-MM-dd {time}",
            CultureInfo.InvariantCulture);
    }

    /// <summary>As many digits as Excel shows.</summary>
    private static string Show(double number) => Math.Abs(number) is >= 1e15 or (> 0 and < 1e-9)
        ? number.ToString("G15", CultureInfo.InvariantCulture)
        : ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture);
}
