using System.Globalization;
using System.Net;
using System.Text;

namespace Tidemark.Formats;

/// <summary>Goes through the cues in their order.</summary>
internal sealed class SubtitleText
{
    private const string Arrow = "-->";
    private const int LongestTag = 200;

    /// <summary>So long nothing is said between two paragraphs.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly StringBuilder _text = new();
    private TimeSpan? _end;
    private string _speaker = "";
    private string _lastLine = "";
    private bool _begins = true;

    public static string Read(string text)
    {
        var read = new SubtitleText();

        // Of WebVTT a blank line ends a cue, and what follows may be a note; of SubRip only the next number and time do.
        var endsAtBlank = text.AsSpan().TrimStart('\uFEFF').StartsWith("WEBVTT");
        var inCue = false;
        ReadOnlySpan<char> number = [];
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                inCue &= !endsAtBlank;
                continue;
            }

            if (line.Contains(Arrow, StringComparison.Ordinal))
            {
                inCue = true;
                number = [];
                read.Begin(line);
                continue;
            }

            // A number belongs to the time that follows it, or it is what is said.
            if (!number.IsEmpty)
            {
                read.Add(number);
                number = [];
            }

            if (inCue && !endsAtBlank && line.Trim().IndexOfAnyExceptInRange('0', '9') < 0)
            {
                number = line;
            }
            else if (inCue)
            {
                read.Add(line);
            }
        }

        if (!number.IsEmpty)
        {
            read.Add(number);
        }

        return read._text.Length == 0 ? "" : read._text.Append('\n').ToString();
    }

    private void Begin(ReadOnlySpan<char> times)
    {
        var arrow = times.IndexOf(Arrow);
        var start = TimeOf(times[..arrow].Trim());
        var rest = times[(arrow + Arrow.Length)..].Trim();
        var blank = rest.IndexOfAny(' ', '\t');
        _begins |= start - _end >= Pause;
        _end = TimeOf(blank < 0 ? rest : rest[..blank]) ?? _end;
    }

    /// <summary><c>01:02:03,400</c>, <c>02:03.400</c>.</summary>
    private static TimeSpan? TimeOf(ReadOnlySpan<char> text)
    {
        var time = 0.0;
        foreach (var part in text.Split(':'))
        {
            if (!double.TryParse(text[part].ToString().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number > 1e6)
            {
                return null;
            }

            time = (time * 60) + number;
        }

        return time < 1e9 ? TimeSpan.FromSeconds(time) : null;
    }

    private void Add(ReadOnlySpan<char> line)
    {
        var said = Plain(line, out var speaker);

        // Captions that roll up show each line twice.
        if (said.Length == 0 || said == _lastLine)
        {
            return;
        }

        _lastLine = said;
        if (speaker.Length > 0 && speaker != _speaker)
        {
            (_speaker, _begins) = (speaker, true);
            said = $"{speaker}: {said}";
        }

        _text.Append(_text.Length == 0 ? "" : _begins ? "\n\n" : "\n").Append(said);
        _begins = false;
    }

    /// <summary>Without tags, of which that of a voice names who speaks.</summary>
    private static string Plain(ReadOnlySpan<char> line, out string speaker)
    {
        var plain = new StringBuilder(line.Length);
        speaker = "";
        while (!line.IsEmpty)
        {
            var mark = line[0] is '<' or '{' ? 0 : line.IndexOfAny('<', '{');
            var end = mark == 0 ? line[..Math.Min(line.Length, LongestTag)].IndexOf(line[0] == '<' ? '>' : '}') : -1;
            if (mark == 0 && end > 1 && (line[1] is '/' or '\\' || char.IsLetterOrDigit(line[1])))
            {
                var tag = line[1..end];
                speaker = tag.StartsWith("v ") || tag.StartsWith("v.") ? tag[(tag.IndexOf(' ') + 1)..].Trim().ToString() : speaker;
                line = line[(end + 1)..];
                continue;
            }

            var length = mark == 0 ? 1 : mark < 0 ? line.Length : mark;
            plain.Append(line[..length]);
            line = line[length..];
        }

        return WebUtility.HtmlDecode(plain.ToString()).Replace('\u00A0', ' ').Trim();
    }
}
