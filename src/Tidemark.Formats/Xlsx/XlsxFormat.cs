namespace Tidemark.Formats;

/// <summary>What a number means to whoever sees it.</summary>
internal enum XlsxFormat
{
    Plain,
    Percent,
    Date,
    Time,

    /// <summary>A date with a time.</summary>
    Moment,
}
