using System.Buffers;
using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Tidemark.Formats;

/// <summary>
/// Unpacks the streams of a PDF file, and refuses those that stand for far more than is there. It is asked for every stream and for every
/// time that one is drawn, so it is also where a file is stopped that draws without end.
/// </summary>
internal sealed class PdfLimits : IFilterProvider
{
    /// <summary>Of what is drawn on a page; maps of people have some millions of characters.</summary>
    private const int MostDrawn = 8 << 20;

    /// <summary>Of anything else: fonts of Chinese have up to 20 MB.</summary>
    private const int MostOther = 64 << 20;

    private const long MostInAll = 512L << 20;

    /// <summary>What reading may take from the heap; a book of a thousand pages takes a tenth of it.</summary>
    private const long MostAllocated = 8L << 30;

    private readonly long _end = GC.GetAllocatedBytesForCurrentThread() + MostAllocated;
    private long _unpacked;

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary)
    {
        CheckAllocated();
        if (dictionary.TryGet(NameToken.Length, out NumericToken length) && length.Int > LimitOf(dictionary))
        {
            throw new PackageException($"a stream of it has {length.Int} bytes, more than {LimitOf(dictionary)}");
        }

        return [.. DefaultFilterProvider.Instance.GetFilters(dictionary).Select(filter => new Bounded(filter, this))];
    }

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) =>
        [.. DefaultFilterProvider.Instance.GetNamedFilters(names).Select(filter => new Bounded(filter, this))];

    public IReadOnlyList<IFilter> GetAllFilters() =>
        [.. DefaultFilterProvider.Instance.GetAllFilters().Select(filter => new Bounded(filter, this))];

    /// <summary>What is drawn says nothing of its type, or that it is a form.</summary>
    private static int LimitOf(DictionaryToken stream) =>
        stream.ContainsKey(NameToken.Create("Length1"))
        || (stream.TryGet(NameToken.Subtype, out NameToken subtype) && subtype.Data != "Form")
        || (stream.TryGet(NameToken.Type, out NameToken type) && type.Data != "XObject")
            ? MostOther
            : MostDrawn;

    private void CheckAllocated()
    {
        if (GC.GetAllocatedBytesForCurrentThread() > _end)
        {
            throw new PackageException("it draws far more than it has");
        }
    }

    private void Count(int length)
    {
        _unpacked += length;
        if (_unpacked > MostInAll)
        {
            throw new PackageException($"its streams unpack to more than {MostInAll} bytes");
        }
    }

    private sealed class Bounded(IFilter filter, PdfLimits limits) : IFilter
    {
        public bool IsSupported => filter.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            var most = LimitOf(streamDictionary);
            var isImage = streamDictionary.TryGet(NameToken.Subtype, out NameToken subtype) && subtype.Data == "Image";
            if (isImage)
            {
                return filter.Decode(input, streamDictionary, filterProvider, filterIndex);
            }

            if (filter is FlateFilter)
            {
                Measure(input, most);
            }
            else if (input.Length > most / 16)
            {
                throw new PackageException($"a stream of it has {input.Length} bytes, more than {most / 16}");
            }

            var output = filter.Decode(input, streamDictionary, filterProvider, filterIndex);
            limits.Count(output.Length);
            return output;
        }

        /// <summary>A stream that is damaged is left to the filter, which makes the best of it.</summary>
        private static void Measure(Memory<byte> input, int most)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
            try
            {
                using var inflated = new ZLibStream(new MemoryStream(input.ToArray(), writable: false), CompressionMode.Decompress);
                for (long length = 0; inflated.Read(buffer) is > 0 and var read;)
                {
                    length += read;
                    if (length > most)
                    {
                        throw new PackageException($"a stream of it unpacks to more than {most} bytes");
                    }
                }
            }
            catch (InvalidDataException)
            {
                // Damaged.
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
