using System.Text;
using System.Text.Encodings.Web;
using CleverTap.Rudder.AspNetCore;
using CleverTap.Rudder.Internal.Mapping;
using CleverTap.Rudder.Internal.Options;

namespace CleverTap.Rudder.Internal.AspNetCore.Rendering;

/// <summary>The script element of a page: queues the calls for the SDK, and loads it.</summary>
internal static class PageScript
{
    /// <summary>
    /// The calls come as JSON and are parsed, because in a literal of JavaScript a member <c>__proto__</c> would be none. Dates
    /// become dates where the SDK takes dates; of some standard fields it expects anything else. The SDK's methods that are no queues are there when it has loaded.
    /// </summary>
    private const string Script = """
        (function(w,d,id,account,region,useIP,optOut,address,calls){
        var c=w.clevertap=w.clevertap||{},s=d.getElementById(id);
        ["event","profile","account","onUserLogin","notifications","privacy"].forEach(function(q){c[q]=c[q]||[]});
        c.privacy.push({useIP:useIP});
        if(optOut!==null)c.privacy.push({optOut:optOut});
        if(!s){
        c.account.push({id:account});
        if(region)c.region=region;
        s=d.createElement("script");
        s.id=id;s.async=true;s.src=address;
        if(d.currentScript)s.nonce=d.currentScript.nonce;
        d.head.appendChild(s)}
        function dates(o){Object.keys(o).forEach(function(k){
        var v=o[k],m=typeof v==="string"&&!/^(Identity|Email|Phone|Gender|Employed|Married|Education|Age)$/.test(k)&&/^\$D_(0|-?[1-9]\d{0,12})$/.exec(v);
        if(m&&Math.abs(m[1])<=864e10)o[k]=new Date(m[1]*1000);
        else if(k==="Items"&&Array.isArray(v))v.forEach(function(i){if(i&&typeof i==="object")dates(i)})})}
        JSON.parse(calls).forEach(function(call){
        var a=call.arguments,m=call.method,q=m.split(".push")[0];
        if(q!==m){dates(q==="event"?a[1]:a[0].Site);c[q].push.apply(c[q],a)}
        else if(c[m])c[m].apply(c,a);
        else s.addEventListener("load",function(){if(w.clevertap[m])w.clevertap[m].apply(w.clevertap,a)})})
        })
        """;

    public static string Render(CleverTapWebOptions options, bool useIp, bool? optOut, IReadOnlyList<WebCall> calls, string? nonce)
    {
        var html = new StringBuilder("<script");
        if (!string.IsNullOrEmpty(nonce))
        {
            html.Append(" nonce=\"").Append(HtmlEncoder.Default.Encode(nonce)).Append('"');
        }

        html.Append('>').Append(Script).Append("(window,document,\"clevertap-web-sdk\",");
        html.AppendLiteral(options.AccountId).Append(',');
        html.AppendLiteral(CleverTapEndpoint.Normalize(options.Region)).Append(',');
        html.Append(useIp ? "true," : "false,");
        html.Append(
            optOut switch
            {
                true => "true,",
                false => "false,",
                null => "null,",
            }
        );
        html.AppendLiteral(options.SdkAddress).Append(',');
        html.AppendLiteral($"[{string.Join(',', calls.Select(call => call.ToJson()))}]");
        return html.Append(");</script>").ToString();
    }
}
