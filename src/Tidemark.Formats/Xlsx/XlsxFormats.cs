using System.Buffers;

namespace Tidemark.Formats;

/// <summary>Reads the code of a format: <c>yyyy-mm-dd</c>, <c>0.0%</c>, <c>[h]:mm</c>.</summary>
internal static class XlsxFormats
{
    private static readonly SearchValues<char> Counting = SearchValues.Create("hHmMsS");

    public static XlsxFormat Of(ReadOnlySpan<char> code)
    {
        var (date, time, percent) = (false, false, false);
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = Close(code, i, '"');
                    break;
                case '[':
                    // A colour or a language; [h] and [mm] are hours and minutes that go on counting.
                    var end = Close(code, i, ']');
                    time |= end > i + 1 && code[(i + 1)..end].IndexOfAnyExcept(Counting) < 0;
                    i = end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'y' or 'Y' or 'd' or 'D':
                    date = true;
                    break;
                case 'h' or 'H' or 's' or 'S':
                    time = true;
                    break;
                case '%':
                    percent = true;
                    break;
            }
        }

        return percent ? XlsxFormat.Percent
            : date ? time ? XlsxFormat.Moment : XlsxFormat.Date
            : time ? XlsxFormat.Time
            : XlsxFormat.Plain;
    }

    private static int Close(ReadOnlySpan<char> code, int at, char mark) =>
        code[(at + 1)..].IndexOf(mark) is >= 0 and var length ? at + 1 + length : code.Length;
}
