namespace Tidemark.OpenAI;

/// <summary>How long an answer can be that is right, in bytes after it is unpacked: what was asked for bounds it.</summary>
internal static class AnswerBound
{
    /// <summary>A number in decimal digits, on a line of its own and far to the right.</summary>
    private const long BytesOfNumber = 64;

    /// <summary>What stands around one vector.</summary>
    private const long BytesOfEntry = 1024;

    /// <summary>What stands around them all.</summary>
    private const long Rest = 256 * 1024;

    /// <summary>A vector where nobody knows how long it is; no model has one that long.</summary>
    private const int MostDimensions = 65_536;

    public static long Of(int inputs, int? dimensions) =>
        Rest + (inputs * (BytesOfEntry + ((dimensions ?? MostDimensions) * BytesOfNumber)));
}
