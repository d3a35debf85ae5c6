using System.Text;

namespace Tidemark.Formats;

/// <summary>One paragraph while it is read: its text so far, and what its own properties say.</summary>
internal sealed class DocxParagraph
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _readings = new();
    private bool _isApart;

    public string? Style { get; set; }

    public int? Outline { get; set; }

    public int? List { get; set; }

    public int? Level { get; set; }

    /// <summary>Whether the run that is open shows nothing.</summary>
    public bool IsRunHidden { get; set; }

    /// <summary>Whether a tracked change has deleted its end, so that it goes on in the next one.</summary>
    public bool GoesOn { get; set; }

    /// <summary>Whether what comes is the reading of a word.</summary>
    public bool IsInReading { get; set; }

    /// <summary>Whether what comes is a word that has a reading.</summary>
    public bool IsInWord { get; set; }

    public void Append(string text)
    {
        if (IsInReading)
        {
            _readings.Append(text);
            return;
        }

        // Words that have readings stand together, all readings behind them.
        if (!IsInWord)
        {
            CloseReadings();
        }

        _text.Append(_isApart && text is [var first, ..] && char.IsLetterOrDigit(first) ? " " : "").Append(text);
        _isApart = false;
    }

    public void Append(char c) => Append(c.ToString());

    /// <summary>Text that is no part of the words beside it.</summary>
    public void AppendApart(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > 0)
        {
            CloseReadings();
            _text.Append(_text.Length > 0 && !char.IsWhiteSpace(_text[^1]) && _text[^1] is not ('(' or '[') ? " " : "").Append(trimmed);
            _isApart = true;
        }
    }

    private void CloseReadings()
    {
        if (_readings.Length > 0)
        {
            _text.Append('(').Append(_readings).Append(')');
            _readings.Clear();
        }
    }

    /// <summary>All that is there so far, as it stands.</summary>
    public string Raw
    {
        get
        {
            CloseReadings();
            return _text.ToString();
        }
    }

    /// <summary>With its white space, for code.</summary>
    public string Verbatim => Raw.TrimEnd();

    /// <summary>Lines trimmed, empty ones at both ends left out.</summary>
    public string Text => string.Join('\n', Raw.Split('\n', StringSplitOptions.TrimEntries)).Trim('\n');
}
