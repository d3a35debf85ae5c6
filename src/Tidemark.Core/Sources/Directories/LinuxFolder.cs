using System.Buffers;
using System.Buffers.Binary;
using Tidemark.Files;

namespace Tidemark.Sources;

/// <summary>A folder read with getdents64(2); its entries are looked at relative to its open handle, which is fastest.</summary>
internal sealed unsafe class LinuxFolder : Folder
{
    private const int RecordLengthAt = 16, TypeAt = 18, NameAt = 19;
    private int _descriptor;

    public LinuxFolder(int descriptor)
    {
        _descriptor = descriptor;
        LinuxFileTree.Look(descriptor, "\0"u8, LinuxCalls.EmptyPath, out var state);
        Identity = state.Identity;
    }

    public FileFault? Read()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32_768);
        try
        {
            fixed (byte* start = buffer)
            {
                nint length;
                while ((length = LinuxCalls.GetEntries(_descriptor, start, (nuint)buffer.Length)) > 0)
                {
                    AddAll(new ReadOnlySpan<byte>(start, (int)length));
                }

                return length < 0 ? LinuxFileTree.LastFault() : null;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override FileFault? Look(int index, bool follow, out FileState state) =>
        LinuxFileTree.Look(_descriptor, NameWithEnd(index), follow ? 0 : LinuxCalls.NoFollow, out state);

    public override void Close()
    {
        if (_descriptor >= 0)
        {
            LinuxCalls.Close(_descriptor);
            _descriptor = -1;
        }
    }

    private void AddAll(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(records[RecordLengthAt..]);
            var name = records[NameAt..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                Add(name, KindOf(records[TypeAt]));
            }

            records = records[length..];
        }
    }

    private static EntryKind KindOf(byte type) => type switch
    {
        0 => EntryKind.Unknown,
        4 => EntryKind.Folder,
        8 => EntryKind.File,
        10 => EntryKind.Link,
        _ => EntryKind.Other,
    };
}
