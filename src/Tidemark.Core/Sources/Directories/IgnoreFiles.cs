using System.Text;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>Finds and reads the ignore files of a walk.</summary>
internal sealed class IgnoreFiles(FileTree tree)
{
    private const int MostBytes = 1_000_000;

    /// <summary>In the order in which they count: the later one has the last word.</summary>
    private static readonly byte[][] Names = [".gitignore"u8.ToArray(), ".tidemarkignore"u8.ToArray()];

    public static bool IsOne(ReadOnlySpan<byte> name) => name.SequenceEqual(Names[0]) || name.SequenceEqual(Names[1]);

    /// <summary>
    /// The rules that hold above a source's folder: those of the folders around it, up to the top of the git repository
    /// that it lies in. None outside of one.
    /// </summary>
    public IgnoreScope? Above(string root)
    {
        var folders = new Stack<string>();
        var inRepository = IsTop(root);
        for (var folder = root; !inRepository && Path.GetDirectoryName(folder) is { } outer; folder = outer)
        {
            folders.Push(outer);
            inRepository = IsTop(outer);
        }

        IgnoreScope? scope = null;
        while (inRepository && folders.TryPop(out var folder))
        {
            var path = Encoding.UTF8.GetBytes(folder.TrimEnd('/'));
            scope = Enter(scope, path, out var fault);
            if (fault is not null)
            {
                throw new TidemarkException(
                    ErrorCodes.SourceUnreadable,
                    $"an ignore file in '{folder}', which holds for '{root}' too, cannot be read: {fault.Reason}",
                    $"{fault.Remedy}; what it leaves out is not taken by mistake until then");
            }
        }

        return scope;
    }

    /// <param name="folder">An absolute path without a slash at its end.</param>
    public IgnoreScope? Enter(IgnoreScope? outer, ReadOnlySpan<byte> folder, out FileFault? fault)
    {
        fault = null;
        var scope = outer;
        foreach (var name in Names)
        {
            byte[] path = [.. folder, (byte)'/', .. name];
            if (Read(path, out fault) is { } rules)
            {
                scope = IgnoreScope.Enter(scope, rules, folder.Length + 1);
            }

            if (fault is not null)
            {
                return outer;
            }
        }

        return scope;
    }

    private byte[]? Read(byte[] path, out FileFault? fault)
    {
        fault = tree.Look(path, follow: true, out var state);
        if (fault is not null || state.Kind is EntryKind.Folder)
        {
            fault = fault?.Kind == FileFaultKind.Missing ? null : fault;
            return null;
        }

        fault = Refuse(state);
        if (fault is not null)
        {
            return null;
        }

        using var file = tree.OpenFile(path, out fault);
        if (file is null || (fault = tree.Look(file, out state) ?? Refuse(state)) is not null)
        {
            return null;
        }

        try
        {
            return RegularFile.ReadAll(file, MostBytes);
        }
        catch (IOException e)
        {
            fault = new FileFault(FileFaultKind.Other, e.Message);
            return null;
        }
    }

    private static FileFault? Refuse(FileState state) => state switch
    {
        { Kind: not EntryKind.File } => new FileFault(FileFaultKind.Other, "its ignore file is a pipe or a device, not a file"),
        { Stamp.Size: > MostBytes } => new FileFault(FileFaultKind.Other, $"its ignore file is longer than {MostBytes} bytes"),
        _ => null,
    };

    private static bool IsTop(string folder)
    {
        var git = Path.Combine(folder, ".git");
        return Directory.Exists(git) || File.Exists(git);
    }
}
