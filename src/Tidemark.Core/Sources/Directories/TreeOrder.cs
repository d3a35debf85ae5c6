namespace Tidemark.Sources;

/// <summary>
/// Orders the entries of a folder by the bytes of the paths below: a folder's name counts with the slash after it.
/// A merge sort of our own: that of the platform would have to be compiled for our struct while the process starts.
/// </summary>
internal static class TreeOrder
{
    /// <returns>The sorted entries, in the given array or another one.</returns>
    public static TreeEntry[] Sort(TreeEntry[] entries, int count, Folder folder)
    {
        var (from, to) = (entries, new TreeEntry[entries.Length]);
        for (var width = 1; width < count; width *= 2)
        {
            for (var start = 0; start < count; start += 2 * width)
            {
                Merge(from, to, start, Math.Min(start + width, count), Math.Min(start + (2 * width), count), folder);
            }

            (from, to) = (to, from);
        }

        return from;
    }

    private static void Merge(TreeEntry[] from, TreeEntry[] to, int start, int middle, int end, Folder folder)
    {
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takesLeft = left < middle && (right >= end || Compare(from[left], from[right], folder) <= 0);
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private static int Compare(in TreeEntry x, in TreeEntry y, Folder folder)
    {
        var a = folder.NameOf(x.Index);
        var b = folder.NameOf(y.Index);
        var common = a.CommonPrefixLength(b);
        return ByteAt(a, common, x.Kind) - ByteAt(b, common, y.Kind);
    }

    private static int ByteAt(ReadOnlySpan<byte> name, int at, EntryKind kind) =>
        at < name.Length ? name[at] : kind == EntryKind.Folder ? '/' : -1;
}
