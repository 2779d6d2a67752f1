using CleverTap.Rudder.Internal.Json;

namespace CleverTap.Rudder.Internal.Delivery.Engine;

/// <summary>The ids of a user. Most users have at most two, which need no list.</summary>
internal struct UserIdList
{
    private FieldName first;
    private FieldName second;
    private List<FieldName>? others;

    public int Count { get; private set; }

    public readonly FieldName this[int index] =>
        index switch
        {
            0 => first,
            1 => second,
            _ => others![index - 2],
        };

    public void Add(FieldName id)
    {
        switch (Count++)
        {
            case 0:
                first = id;
                break;
            case 1:
                second = id;
                break;
            default:
                (others ??= []).Add(id);
                break;
        }
    }

    public void Add(UserIdList ids)
    {
        for (int index = 0; index < ids.Count; index++)
        {
            Add(ids[index]);
        }
    }
}
