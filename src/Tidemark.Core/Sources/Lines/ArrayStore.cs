namespace Tidemark.Sources;

/// <summary>
/// Arrays of one length that go round between pages. The shared pool of the platform would do the same, but its code
/// for our own structs has to be compiled while the process starts; this one is compiled ahead.
/// </summary>
internal sealed class ArrayStore<T>(int length)
{
    private const int Most = 32;

    private readonly Stack<T[]> _free = new();

    public T[] Rent()
    {
        lock (_free)
        {
            return _free.TryPop(out var array) ? array : new T[length];
        }
    }

    public void Return(T[] array)
    {
        lock (_free)
        {
            if (_free.Count < Most)
            {
                _free.Push(array);
            }
        }
    }
}
