using System.Buffers.Binary;
using System.Text;

namespace Tidemark.Sources;

/// <summary>One event as inotify(7) writes it: watch, mask, cookie, length, name padded with NULs.</summary>
internal readonly record struct InotifyEvent(int Watch, uint Mask, string Name)
{
    private const int HeadBytes = 16;

    public bool Is(uint bits) => (Mask & bits) != 0;

    public static IEnumerable<InotifyEvent> ReadAll(byte[] buffer, int length)
    {
        for (var at = 0; at + HeadBytes <= length;)
        {
            var nameLength = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at + 12));
            var name = buffer.AsSpan(at + HeadBytes, nameLength);
            yield return new InotifyEvent(
                BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at)),
                BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(at + 4)),
                Encoding.UTF8.GetString(name.TrimEnd((byte)0)));
            at += HeadBytes + nameLength;
        }
    }
}
