namespace Tidemark.Chunking;

/// <summary>Where a text is best cut in two.</summary>
internal static class TextHalves
{
    /// <summary>
    /// The end of a line nearest to the middle, else a space nearest to it, both in the middle third; else the middle, but never
    /// inside a surrogate pair.
    /// </summary>
    /// <returns>0: it is one character.</returns>
    public static int MiddleOf(ReadOnlySpan<char> text)
    {
        var middle = text.Length / 2;
        var reach = text.Length / 6;
        var near = Nearest(text, middle, reach, "\n");
        near = near > 0 ? near : Nearest(text, middle, reach, " \t");
        if (near > 0)
        {
            return near;
        }

        return middle > 0 && char.IsSurrogatePair(text[middle - 1], text[middle]) ? middle - 1 : middle;
    }

    /// <returns>Behind the nearest of the characters; 0: there is none.</returns>
    private static int Nearest(ReadOnlySpan<char> text, int middle, int reach, ReadOnlySpan<char> of)
    {
        var before = text[(middle - reach)..middle].LastIndexOfAny(of);
        var behind = text[middle..(middle + reach)].IndexOfAny(of);
        var left = before < 0 ? 0 : middle - reach + before + 1;
        var right = behind < 0 ? 0 : middle + behind + 1;
        return left == 0 || (right != 0 && right - middle < middle - left) ? right : left;
    }
}
