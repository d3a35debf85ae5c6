namespace Tidemark.Sources;

/// <summary>Why one file is not taken, in words.</summary>
internal static class FileRefusal
{
    /// <exception cref="ItemException">What lies there is no file of a size that is taken.</exception>
    public static void Check(string item, FileState state, long mostBytes)
    {
        if (state.Kind != EntryKind.File)
        {
            throw new ItemException(
                ErrorCodes.SourceUnreadable, $"'{item}' is not a file any more", "run again, or exclude it, which lets go of what is indexed of it");
        }

        if (state.Stamp.Size > Math.Min(mostBytes, Array.MaxLength - 1))
        {
            throw TooLarge(item, state.Stamp.Size, mostBytes);
        }
    }

    public static ItemException Of(FileTree tree, byte[] path, string item, FileFault fault) => fault.Kind switch
    {
        FileFaultKind.Missing when tree.Look(path, follow: false, out _) is null =>
            Unreadable(item, "it is a link that leads nowhere"),
        FileFaultKind.Missing => new ItemException(
            ErrorCodes.SourceChanging, $"'{item}' vanished while the source was read", "run again"),
        FileFaultKind.TooLong => new ItemException(
            ErrorCodes.SourceName,
            $"the path of '{item}' is longer than the system takes",
            "shorten it, or exclude it, which lets go of what is indexed of it"),
        _ => Unreadable(item, fault.Reason, fault.Remedy),
    };

    public static ItemException TooLarge(string item, long size, long mostBytes) => new(
        ErrorCodes.SourceTooLarge,
        $"'{item}' has {size} bytes; the limit is {mostBytes}",
        "split it, raise the limit ('limits.maxFileBytes'), or exclude it, which lets go of what is indexed of it");

    public static ItemException Unreadable(string item, string reason, string remedy = "make it readable") => new(
        ErrorCodes.SourceUnreadable, $"'{item}' cannot be read: {reason}", $"{remedy}, or exclude it, which lets go of what is indexed of it");

    public static ItemException Changing(string item, int attempts) => new(
        ErrorCodes.SourceChanging,
        $"'{item}' changed each of the {attempts} times it was read",
        "run again when nothing writes to it; what is indexed of it stays until then");
}
